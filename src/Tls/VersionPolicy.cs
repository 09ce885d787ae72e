// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>
/// The lowest version that a context speaks. A client without settings also takes TLS 1.1, as aws-c-io's (ADR 17);
/// everything else before 1.2 has to be asked for, by the lowest version or by the preference that has it in its name.
/// </summary>
internal static unsafe class VersionPolicy
{
    /// <summary>
    /// AWS_IO_TLSv1 to AWS_IO_TLSv1_3. AWS_OP_ERR with the last error set for a version that there is not.
    /// </summary>
    internal static int Lowest(aws_tls_ctx_options* options, bool isServer, aws_tls_versions* lowest)
    {
        // A preference that names no version leaves it to the options, also downwards.
        bool isOpen = options->cipher_pref == AWS_IO_TLS_CIPHER_PREF_SYSTEM_DEFAULT;
        aws_tls_versions ofPreference = options->cipher_pref == AWS_IO_TLS_CIPHER_PREF_TLSV1_0_2023_06
            ? AWS_IO_TLSv1
            : AWS_IO_TLSv1_2;
        aws_tls_versions asked = options->minimum_tls_version;
        switch (asked)
        {
            case AWS_IO_TLS_VER_SYS_DEFAULTS:
                *lowest = isOpen && !isServer ? AWS_IO_TLSv1_1 : ofPreference;
                return AWS_OP_SUCCESS;

            // Nothing speaks SSL 3 any more; whoever accepts it accepts all that came after it.
            case AWS_IO_SSLv3:
                asked = AWS_IO_TLSv1;
                break;
            case AWS_IO_TLSv1 or AWS_IO_TLSv1_1 or AWS_IO_TLSv1_2 or AWS_IO_TLSv1_3:
                break;
            default:
                Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"static: there is no TLS version {(uint)asked}");
                return Errors.Raise(AWS_IO_TLS_VERSION_UNSUPPORTED);
        }

        *lowest = isOpen || asked > ofPreference ? asked : ofPreference;
        return AWS_OP_SUCCESS;
    }
}
