"""One function per intention of the user."""
