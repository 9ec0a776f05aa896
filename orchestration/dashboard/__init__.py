"""The quality dashboard: the published file looked at in a browser, and drafts checked there.

``gongkai dashboard`` starts it (``launching``); ``app`` is what Streamlit runs for each visitor. ``queries`` ask the
published file and draw nothing; ``pages`` draw and compute nothing. No rate is worked out here: they are the marts'.
All text of reports is shown as text, by ``showing`` or by templates that escape it.
"""
