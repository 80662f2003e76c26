"""Prints as JSON the values of the section [alembic] of an ini file; null for what ConfigParser refuses."""
import configparser
import json
import sys

parser = configparser.ConfigParser({"here": sys.argv[2]})
parser.read([sys.argv[1]])
answers = {}
for option in parser.options("alembic"):
    try:
        answers[option] = parser.get("alembic", option)
    except configparser.InterpolationError:
        answers[option] = None
print(json.dumps(answers))
