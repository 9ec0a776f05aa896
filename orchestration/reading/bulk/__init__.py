"""Many plain texts read at once, as arrays: the same rows as the careful path finds, for what leaves no doubt.

Belongs here: how a batch of texts is cut, searched and placed without a loop over reports, and what proves a report
plain. Does not belong here: how a doubtful report is read (the modules beside this package); every report that is not
proved plain is handed to them. Offsets count bytes unless said otherwise.
"""
