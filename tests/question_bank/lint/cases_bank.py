BAD = ()
GOOD = ()
