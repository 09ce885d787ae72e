// SPDX-License-Identifier: Apache-2.0
using System.Threading;

namespace Reseau.Native.Common;

/// <summary>
/// Start and end of the common library. Every start wants an end; what lies between is counted, so that libraries
/// which each start it do not end it for one another. Both may be called on any thread.
/// </summary>
internal static unsafe class CommonLibrary
{
    private static int s_users;

    /// <summary>aws_common_library_init</summary>
    internal static void LibraryInit(aws_allocator* allocator)
    {
        Interlocked.Increment(ref s_users);

        // On every call, for it costs nothing and no caller may return before the names are there.
        Register();
        Threads.InitializeThreadManagement();
    }

    /// <summary>
    /// aws_common_library_clean_up: waits for all managed threads each time, because a library that ends must leave
    /// none of its threads behind. Without a start it does nothing.
    /// </summary>
    internal static void LibraryCleanUp()
    {
        if (Volatile.Read(ref s_users) == 0)
            return;

        Threads.JoinAllManaged();
        if (!Leave())
            return;

        Errors.UnregisterErrorInfo(CommonErrors.Errors);
        Logging.UnregisterLogSubjectInfoList(CommonErrors.LogSubjects);

        // Another thread may have started the library between the last departure and the removal.
        if (Volatile.Read(ref s_users) != 0)
            Register();
    }

    /// <summary>
    /// aws_common_fatal_assert_library_initialized: stops the process if the library has not been started.
    /// </summary>
    internal static void FatalAssertLibraryInitialized()
    {
        if (Volatile.Read(ref s_users) == 0)
            Fatal.Stop("aws_common_library_init() must come before any other call"u8);
    }

    private static void Register()
    {
        Errors.RegisterErrorInfo(CommonErrors.Errors);
        Logging.RegisterLogSubjectInfoList(CommonErrors.LogSubjects);
    }

    /// <summary>True for whoever was the last user.</summary>
    private static bool Leave()
    {
        while (true)
        {
            int users = Volatile.Read(ref s_users);
            if (users == 0)
                return false;
            if (Interlocked.CompareExchange(ref s_users, users - 1, users) == users)
                return users == 1;
        }
    }
}
