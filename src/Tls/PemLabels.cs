// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Tls;

/// <summary>What an object is, by the label behind BEGIN: the labels are OpenSSL's.</summary>
internal static unsafe partial class Pem
{
    private const int LongestLabel = 32;

    /// <summary>Whether an object with this label is a private key, encrypted or not.</summary>
    internal static bool IsPrivateKey(aws_byte_cursor label) => TypeOf(label) is
        aws_pem_object_type.AWS_PEM_TYPE_EVP_PKEY or
        aws_pem_object_type.AWS_PEM_TYPE_PRIVATE_RSA_PKCS1 or
        aws_pem_object_type.AWS_PEM_TYPE_PRIVATE_DSA_PKCS1 or
        aws_pem_object_type.AWS_PEM_TYPE_PRIVATE_PKCS8_ENCRYPTED or
        aws_pem_object_type.AWS_PEM_TYPE_PRIVATE_PKCS8 or
        aws_pem_object_type.AWS_PEM_TYPE_EC_PRIVATE;

    private static aws_pem_object_type TypeOf(aws_byte_cursor label)
    {
        if (label.len > LongestLabel)
            return aws_pem_object_type.AWS_PEM_TYPE_UNKNOWN;

        ReadOnlySpan<byte> text = new(label.ptr, (int)label.len);
        for (uint type = 1; type <= (uint)aws_pem_object_type.AWS_PEM_TYPE_SM2_PARAMETERS; type++)
        {
            if (text.SequenceEqual(LabelOf((aws_pem_object_type)type)))
                return (aws_pem_object_type)type;
        }

        return aws_pem_object_type.AWS_PEM_TYPE_UNKNOWN;
    }

    private static ReadOnlySpan<byte> LabelOf(aws_pem_object_type type) => type switch
    {
        aws_pem_object_type.AWS_PEM_TYPE_X509_OLD => "X509 CERTIFICATE"u8,
        aws_pem_object_type.AWS_PEM_TYPE_X509 => "CERTIFICATE"u8,
        aws_pem_object_type.AWS_PEM_TYPE_X509_TRUSTED => "TRUSTED CERTIFICATE"u8,
        aws_pem_object_type.AWS_PEM_TYPE_X509_REQ_OLD => "NEW CERTIFICATE REQUEST"u8,
        aws_pem_object_type.AWS_PEM_TYPE_X509_REQ => "CERTIFICATE REQUEST"u8,
        aws_pem_object_type.AWS_PEM_TYPE_X509_CRL => "X509 CRL"u8,
        aws_pem_object_type.AWS_PEM_TYPE_EVP_PKEY => "ANY PRIVATE KEY"u8,
        aws_pem_object_type.AWS_PEM_TYPE_PUBLIC_KEY => "PUBLIC KEY"u8,
        aws_pem_object_type.AWS_PEM_TYPE_PRIVATE_RSA_PKCS1 => "RSA PRIVATE KEY"u8,
        aws_pem_object_type.AWS_PEM_TYPE_PUBLIC_RSA_PKCS1 => "RSA PUBLIC KEY"u8,
        aws_pem_object_type.AWS_PEM_TYPE_PRIVATE_DSA_PKCS1 => "DSA PRIVATE KEY"u8,
        aws_pem_object_type.AWS_PEM_TYPE_PUBLIC_DSA_PKCS1 => "DSA PUBLIC KEY"u8,
        aws_pem_object_type.AWS_PEM_TYPE_PKCS7 => "PKCS7"u8,
        aws_pem_object_type.AWS_PEM_TYPE_PKCS7_SIGNED_DATA => "PKCS #7 SIGNED DATA"u8,
        aws_pem_object_type.AWS_PEM_TYPE_PRIVATE_PKCS8_ENCRYPTED => "ENCRYPTED PRIVATE KEY"u8,
        aws_pem_object_type.AWS_PEM_TYPE_PRIVATE_PKCS8 => "PRIVATE KEY"u8,
        aws_pem_object_type.AWS_PEM_TYPE_DH_PARAMETERS => "DH PARAMETERS"u8,
        aws_pem_object_type.AWS_PEM_TYPE_DH_PARAMETERS_X942 => "X9.42 DH PARAMETERS"u8,
        aws_pem_object_type.AWS_PEM_TYPE_SSL_SESSION_PARAMETERS => "SSL SESSION PARAMETERS"u8,
        aws_pem_object_type.AWS_PEM_TYPE_DSA_PARAMETERS => "DSA PARAMETERS"u8,
        aws_pem_object_type.AWS_PEM_TYPE_ECDSA_PUBLIC => "ECDSA PUBLIC KEY"u8,
        aws_pem_object_type.AWS_PEM_TYPE_EC_PARAMETERS => "EC PARAMETERS"u8,
        aws_pem_object_type.AWS_PEM_TYPE_EC_PRIVATE => "EC PRIVATE KEY"u8,
        aws_pem_object_type.AWS_PEM_TYPE_PARAMETERS => "PARAMETERS"u8,
        aws_pem_object_type.AWS_PEM_TYPE_CMS => "CMS"u8,
        aws_pem_object_type.AWS_PEM_TYPE_SM2_PARAMETERS => "SM2 PARAMETERS"u8,
        _ => "UNKNOWN"u8,
    };
}
