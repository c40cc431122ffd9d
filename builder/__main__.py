"""`python -m builder`: the same as the console script `sitrep`."""

from builder.cli import main

if __name__ == "__main__":
    main()
