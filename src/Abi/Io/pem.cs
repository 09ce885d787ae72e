// SPDX-License-Identifier: Apache-2.0
// Types of <aws/io/pem.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public enum aws_pem_object_type : uint
{
    AWS_PEM_TYPE_UNKNOWN = 0,
    AWS_PEM_TYPE_X509_OLD = 1,
    AWS_PEM_TYPE_X509 = 2,
    AWS_PEM_TYPE_X509_TRUSTED = 3,
    AWS_PEM_TYPE_X509_REQ_OLD = 4,
    AWS_PEM_TYPE_X509_REQ = 5,
    AWS_PEM_TYPE_X509_CRL = 6,
    AWS_PEM_TYPE_EVP_PKEY = 7,
    AWS_PEM_TYPE_PUBLIC_KEY = 8,
    AWS_PEM_TYPE_PRIVATE_RSA_PKCS1 = 9,
    AWS_PEM_TYPE_PUBLIC_RSA_PKCS1 = 10,
    AWS_PEM_TYPE_PRIVATE_DSA_PKCS1 = 11,
    AWS_PEM_TYPE_PUBLIC_DSA_PKCS1 = 12,
    AWS_PEM_TYPE_PKCS7 = 13,
    AWS_PEM_TYPE_PKCS7_SIGNED_DATA = 14,
    AWS_PEM_TYPE_PRIVATE_PKCS8_ENCRYPTED = 15,
    AWS_PEM_TYPE_PRIVATE_PKCS8 = 16,
    AWS_PEM_TYPE_DH_PARAMETERS = 17,
    AWS_PEM_TYPE_DH_PARAMETERS_X942 = 18,
    AWS_PEM_TYPE_SSL_SESSION_PARAMETERS = 19,
    AWS_PEM_TYPE_DSA_PARAMETERS = 20,
    AWS_PEM_TYPE_ECDSA_PUBLIC = 21,
    AWS_PEM_TYPE_EC_PARAMETERS = 22,
    AWS_PEM_TYPE_EC_PRIVATE = 23,
    AWS_PEM_TYPE_PARAMETERS = 24,
    AWS_PEM_TYPE_CMS = 25,
    AWS_PEM_TYPE_SM2_PARAMETERS = 26,
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_pem_object
{
    public aws_pem_object_type type;
    public aws_string* type_string;
    public aws_byte_buf data;
}
