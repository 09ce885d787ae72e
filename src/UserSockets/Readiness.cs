// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.UserSockets;

/// <summary>What could be done with whatever a descriptor stands for.</summary>
internal static unsafe class Readiness
{
    internal static uint Of(Description* description) => description->Kind == DescriptionKind.Socket
        ? SocketReadiness.Of((UserSocket*)description)
        : EventQueue.ReadinessOf((EventQueue*)description);
}
