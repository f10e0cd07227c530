"""10,000 passwords: none repeats, and at each place every hexadecimal digit is as frequent as any other.

passwords.py PROGRAM
"""
import collections
import re
import sys

from program import values

COUNT = 10000
# Of chi-square with 15 degrees of freedom: random digits pass it at one place in 10^9, and 32 places and all together are looked at.
BOUND = 77.0


def chi_square(characters):
    counts = collections.Counter(characters)
    expected = len(characters) / 16
    return sum((counts[digit] - expected) ** 2 / expected for digit in '0123456789abcdef')


def main():
    assert chi_square('0123456789abcde0' * 1000) > BOUND
    passwords = values(sys.argv[1], 'password', COUNT)
    assert all(re.fullmatch('[0-9a-f]{32}', password) for password in passwords)
    worst = max(chi_square([password[place] for password in passwords]) for place in range(32))
    everywhere = chi_square(''.join(passwords))
    assert worst < BOUND and everywhere < BOUND, f'chi-square is {worst:.1f} at one place and {everywhere:.1f} in all'
    print(f'{COUNT} passwords: chi-square is at most {worst:.1f} at one place and {everywhere:.1f} in all')


main()
