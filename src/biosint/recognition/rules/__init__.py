"""Who may do what with agreements, decisions and papers on them: one subject per module."""
