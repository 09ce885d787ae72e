// SPDX-License-Identifier: Apache-2.0
// Types of <aws/io/pkcs11.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public enum aws_pkcs11_lib_behavior : uint
{
    AWS_PKCS11_LIB_DEFAULT_BEHAVIOR = 0,
    AWS_PKCS11_LIB_OMIT_INITIALIZE = 1,
    AWS_PKCS11_LIB_STRICT_INITIALIZE_FINALIZE = 2,
}

public struct aws_pkcs11_lib;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_pkcs11_lib_options
{
    public aws_byte_cursor filename;
    public aws_pkcs11_lib_behavior initialize_finalize_behavior;
}
