// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Abi;
using Reseau.Native.Common;
using Reseau.Native.Tls;
using Xunit;
using static Reseau.Native.Abi.aws_tls_cipher_pref;
using static Reseau.Native.Abi.aws_tls_versions;

namespace Reseau.Native.Tests.Tls;

public unsafe class VersionPolicyTests
{
    [Theory]
    [InlineData(AWS_IO_TLS_CIPHER_PREF_SYSTEM_DEFAULT, AWS_IO_TLS_VER_SYS_DEFAULTS, false, AWS_IO_TLSv1_1)]
    [InlineData(AWS_IO_TLS_CIPHER_PREF_SYSTEM_DEFAULT, AWS_IO_TLS_VER_SYS_DEFAULTS, true, AWS_IO_TLSv1_2)]
    [InlineData(AWS_IO_TLS_CIPHER_PREF_SYSTEM_DEFAULT, AWS_IO_SSLv3, true, AWS_IO_TLSv1)]
    [InlineData(AWS_IO_TLS_CIPHER_PREF_SYSTEM_DEFAULT, AWS_IO_TLSv1, false, AWS_IO_TLSv1)]
    [InlineData(AWS_IO_TLS_CIPHER_PREF_SYSTEM_DEFAULT, AWS_IO_TLSv1_3, false, AWS_IO_TLSv1_3)]
    [InlineData(AWS_IO_TLS_CIPHER_PREF_TLSV1_0_2023_06, AWS_IO_TLS_VER_SYS_DEFAULTS, false, AWS_IO_TLSv1)]
    [InlineData(AWS_IO_TLS_CIPHER_PREF_TLSV1_0_2023_06, AWS_IO_TLSv1_2, true, AWS_IO_TLSv1_2)]
    [InlineData(AWS_IO_TLS_CIPHER_PREF_TLSV1_2_2025_07, AWS_IO_TLS_VER_SYS_DEFAULTS, false, AWS_IO_TLSv1_2)]
    [InlineData(AWS_IO_TLS_CIPHER_PREF_TLSV1_2_2025_07, AWS_IO_TLSv1, false, AWS_IO_TLSv1_2)]
    [InlineData(AWS_IO_TLS_CIPHER_PREF_TLSV1_2_2025_07, AWS_IO_TLSv1_3, true, AWS_IO_TLSv1_3)]
    public void TheLowestVersionIsTheStricterOfOptionAndPreference(
        aws_tls_cipher_pref preference, aws_tls_versions minimum, bool isServer, aws_tls_versions expected)
    {
        aws_tls_ctx_options options = new() { cipher_pref = preference, minimum_tls_version = minimum };
        aws_tls_versions lowest;
        Assert.Equal(AWS_OP_SUCCESS, VersionPolicy.Lowest(&options, isServer, &lowest));
        Assert.Equal(expected, lowest);
    }

    [Fact]
    public void AVersionThatThereIsNotIsAnError()
    {
        aws_tls_ctx_options options = new() { minimum_tls_version = (aws_tls_versions)5 };
        aws_tls_versions lowest;
        Assert.Equal(AWS_OP_ERR, VersionPolicy.Lowest(&options, false, &lowest));
        Assert.Equal(AWS_IO_TLS_VERSION_UNSUPPORTED, Errors.LastError());
    }
}
