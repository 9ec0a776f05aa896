"""The pages: one module each, with ``show(view)``. They ask ``queries``, draw, and compute nothing."""
