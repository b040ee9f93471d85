"""What is kept between two runs: the record of what was decided and released, in one SQLite file."""
