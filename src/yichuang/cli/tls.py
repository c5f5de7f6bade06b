"""A demo certificate authority of this home: camera, passkeys and offline pages work only on https or localhost.

Production takes the town's own certificate at its reverse proxy; this one is for trying things out in a hall.
"""

import ipaddress
import os
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CA_DAYS, SERVER_DAYS = 3650, 397  # browsers refuse server certificates that last longer than 398 days
RENEW_BEFORE = timedelta(days=30)


def ensure(home: Path, host: str, address: str) -> tuple[Path, Path]:
    """Certificate and key for this machine's names, signed by the home's own authority; made or renewed if needed."""
    folder = home / "tls"
    folder.mkdir(mode=0o700, exist_ok=True)
    names = _names(host, address)
    certificate, key = folder / "server.crt", folder / "server.key"
    if certificate.exists() and key.exists() and _is_good(certificate, names):
        return certificate, key
    authority, authority_key = _authority(folder)
    own_key = ec.generate_private_key(ec.SECP256R1())
    built = (
        _builder("Yichuang", own_key, authority.subject, SERVER_DAYS)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False
        )
        .sign(authority_key, hashes.SHA256())
    )
    _write(key, _private(own_key))
    _write(certificate, _public(built) + _public(authority))
    return certificate, key


def _authority(folder: Path) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    certificate, key = folder / "ca.crt", folder / "ca.key"
    if certificate.exists() and key.exists():
        loaded = serialization.load_pem_private_key(key.read_bytes(), None)
        assert isinstance(loaded, ec.EllipticCurvePrivateKey)
        return x509.load_pem_x509_certificate(certificate.read_bytes()), loaded
    own_key = ec.generate_private_key(ec.SECP256R1())
    name = f"Yichuang demo authority ({socket.gethostname()})"[:64]
    usage = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement"), False
    )
    made = (
        _builder(name, own_key, None, CA_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=False,
                key_cert_sign=True,
                crl_sign=True,
                encipher_only=False,
                decipher_only=False,
                **usage,
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own_key.public_key()), critical=False)
        .sign(own_key, hashes.SHA256())
    )
    _write(key, _private(own_key))
    _write(certificate, _public(made))
    return made, own_key


def _builder(
    name: str, key: ec.EllipticCurvePrivateKey, issuer: x509.Name | None, days: int
) -> x509.CertificateBuilder:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begin = datetime.now(UTC) - timedelta(days=1)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer or subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=days))
    )


def _names(host: str, address: str) -> list[x509.GeneralName]:
    wanted = ["localhost", "*.localhost", socket.gethostname(), host, address, "127.0.0.1", "::1"]
    names: list[x509.GeneralName] = []
    for one in dict.fromkeys(each for each in wanted if each and each not in ("0.0.0.0", "::")):  # noqa: S104
        try:
            names.append(x509.IPAddress(ipaddress.ip_address(one)))
        except ValueError:
            names.append(x509.DNSName(one))
    return names


def _is_good(certificate: Path, names: list[x509.GeneralName]) -> bool:
    found = x509.load_pem_x509_certificate(certificate.read_bytes())
    held = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return list(held) == names and found.not_valid_after_utc - datetime.now(UTC) > RENEW_BEFORE


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _public(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
