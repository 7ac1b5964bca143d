"""« Paramètres »: the office, its tariffs and lists, printers, users and keys, this computer."""
