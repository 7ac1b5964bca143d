"""One file per revision; names are consecutive numbers, so that « newer » can be told by comparing them."""
