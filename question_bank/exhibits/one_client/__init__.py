"""A parcel model whose overall page stays calm while one client's lengths arrive in another unit."""
