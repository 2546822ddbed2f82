"""A capacity sheet beside the log that it was made from; one of its lines may hold a figure in another unit."""
