"""Clock, paths, problems of the machine: no word of the trade."""
