// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Abi;
using Reseau.Native.Tests.Windows;
using Reseau.Native.Tls;
using Xunit;

namespace Reseau.Native.Tests.Tls;

/// <summary>Which engine a context takes.</summary>
public sealed unsafe class TlsEnginesTests
{
    [WindowsFact]
    public void TheSystemsIsTheDefaultAndKeysThatOthersHoldAreForOpenSsl()
    {
        aws_tls_ctx_options options = default;
        Assert.True(TlsEngines.For(&options) == TlsEngines.OfSystem);
        aws_custom_key_op_handler handler = default;
        options.custom_key_op_handler = &handler;
        TlsEngine* engine = TlsEngines.For(&options);
        Assert.True(engine != null && engine != TlsEngines.OfSystem);
    }
}
