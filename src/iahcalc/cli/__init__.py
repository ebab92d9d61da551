"""The command line of the calculations: the only place in ``iahcalc`` that reads files and prints."""
