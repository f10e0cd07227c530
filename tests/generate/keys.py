"""Fernet keys and RSA keys are what Python's cryptography takes for such.

keys.py PROGRAM
"""
import sys

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

from program import values


def check_fernet(key):
    assert len(key) == 44
    assert Fernet(key).decrypt(Fernet(key.encode()).encrypt(b'message')) == b'message'


def check_rsa(pem):
    assert pem.startswith('-----BEGIN PRIVATE KEY-----\n') and pem.endswith('\n-----END PRIVATE KEY-----\n')
    key = serialization.load_pem_private_key(pem.encode(), password=None)  # checks the primes, too
    numbers = key.private_numbers()
    assert key.key_size == 2048 and numbers.public_numbers.e == 65537
    assert numbers.p * numbers.q == numbers.public_numbers.n
    signature = key.sign(b'message', padding.PKCS1v15(), hashes.SHA256())
    key.public_key().verify(signature, b'message', padding.PKCS1v15(), hashes.SHA256())
    written = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    assert written.decode() == pem, 'cryptography spells the key otherwise'


def main():
    for key in values(sys.argv[1], 'fernet-key', 200):
        check_fernet(key)
    for pem in values(sys.argv[1], 'rsa-private-key', 5):
        check_rsa(pem)
    print('200 Fernet keys and 5 RSA keys are accepted')


main()
