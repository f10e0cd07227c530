"""Certificates for loopback: an authority, and what it signs, good and bad."""
import datetime
import ipaddress
import pathlib
import typing

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

LOOPBACK = ('127.0.0.1', 'localhost')


class Certificate(typing.NamedTuple):
    """Paths of PEM files."""
    certificate: pathlib.Path
    key: pathlib.Path


def name_of(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def alternative(host):
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


class Authority:
    """Signs certificates, whose files it puts into a folder. `file` is its own certificate, for --ca-cert and VAULT_CACERT."""

    def __init__(self, folder, name='aspis tests'):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.name = name_of(name)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.file = self.folder / f'{name.replace(" ", "-")}.pem'
        builder = self._builder(self.name, self.key, -1, 3650)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        usage = x509.KeyUsage(digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False, key_agreement=False,
                              key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False)
        self._write(builder.add_extension(usage, critical=True), self.file)

    def _builder(self, subject, key, first, last):
        """Valid from the day `first` to the day `last`, counted from now."""
        now = datetime.datetime.now(datetime.timezone.utc)
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(self.name).public_key(key.public_key())
        builder = builder.serial_number(x509.random_serial_number())
        builder = builder.not_valid_before(now + datetime.timedelta(days=first)).not_valid_after(now + datetime.timedelta(days=last))
        builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        return builder.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)

    def _write(self, builder, path):
        path.write_bytes(builder.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))

    def sign(self, name, hosts=LOOPBACK, first=-1, last=365):
        """A certificate for servers and clients."""
        key = ec.generate_private_key(ec.SECP256R1())
        builder = self._builder(name_of(name), key, first, last)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
        builder = builder.add_extension(x509.SubjectAlternativeName([alternative(host) for host in hosts]), critical=False)
        files = Certificate(self.folder / f'{name}.pem', self.folder / f'{name}-key.pem')
        self._write(builder, files.certificate)
        files.key.touch(0o600)
        files.key.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
        return files


class Certificates:
    """One of each kind, in a folder."""

    def __init__(self, folder):
        folder = pathlib.Path(folder)
        authority = Authority(folder)
        self.authority = authority.file
        self.valid = authority.sign('valid')
        self.expired = authority.sign('expired', first=-30, last=-1)
        self.future = authority.sign('future', first=1, last=30)
        self.wrong_host = authority.sign('wrong-host', hosts=('vault.example.org',))
        self.client = authority.sign('client', hosts=('client.example.org',))
        stranger = Authority(folder / 'stranger', 'somebody else')
        self.other_authority = stranger.file
        self.unknown = stranger.sign('unknown')
