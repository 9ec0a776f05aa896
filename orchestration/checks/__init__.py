"""Asset checks: what the warehouse promises about itself, and the Great Expectations run."""
