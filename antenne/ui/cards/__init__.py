"""Cards: lists, printing, handing over, losses, renewal."""
