// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>Signals that a call of the library raises, where its documentation says so.</summary>
internal static class Signals
{
    /// <summary>For the calling thread, as a write to a pipe without reader does.</summary>
    internal static void RaiseBrokenPipe() => SignalsLeaf.RaiseBrokenPipe();
}
