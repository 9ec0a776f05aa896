"""The Dagster code location of Gongkai, and the library that its assets call."""
