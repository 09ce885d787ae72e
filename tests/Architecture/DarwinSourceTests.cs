// SPDX-License-Identifier: Apache-2.0
using Xunit;

namespace Reseau.Native.Tests.Architecture;

/// <summary>The sources as they are compiled for Darwin, on whatever system the tests run.</summary>
public class DarwinSourceTests
{
    private static readonly SourceModel s_sources = SourceModel.OfTheProject("RESEAU_DARWIN");

    [Fact]
    public void EverySourceBinds() => Report.Nothing(s_sources.Errors);

    [Fact]
    public void NoLayerUsesOneThatItsRowDoesNotAllow() =>
        Report.Nothing(LayerRules.Upward(LayerTable.OfTheProject(), SymbolUses.Of(s_sources)));
}
