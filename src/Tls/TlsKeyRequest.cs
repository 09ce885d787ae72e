// SPDX-License-Identifier: Apache-2.0
namespace Reseau.Native.Tls;

/// <summary>What an engine wants done with a private key that it does not have. The input is the engine's.</summary>
internal struct TlsKeyRequest
{
    internal aws_tls_key_operation_type Type;
    internal aws_tls_signature_algorithm Signature;
    internal aws_tls_hash_algorithm Digest;
    internal aws_byte_cursor Input;
}
