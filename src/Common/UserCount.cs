// SPDX-License-Identifier: Apache-2.0
using System.Threading;

namespace Reseau.Native.Common;

/// <summary>How many users have started a library and not yet ended it. Any thread.</summary>
internal struct UserCount
{
    private int _users;

    internal readonly bool IsZero => Volatile.Read(in _users) == 0;

    internal void Enter() => Interlocked.Increment(ref _users);

    /// <summary>True for whoever was the last user; false also if there was none.</summary>
    internal bool Leave()
    {
        while (true)
        {
            int users = Volatile.Read(ref _users);
            if (users == 0)
                return false;
            if (Interlocked.CompareExchange(ref _users, users - 1, users) == users)
                return users == 1;
        }
    }
}
