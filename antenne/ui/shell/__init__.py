"""The main window, navigation, login, global search."""
