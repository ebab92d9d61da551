"""Questions of other tools, read and written: Moodle XML, GIFT, QTI 3."""
