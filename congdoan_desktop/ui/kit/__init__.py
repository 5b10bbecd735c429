"""The parts that every page is made of; they know no service."""
