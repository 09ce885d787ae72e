// SPDX-License-Identifier: Apache-2.0
using System.Threading;

namespace Reseau.Native.Common;

/// <summary>
/// Start and end of the common library. Every start needs an end; what lies between is counted, so that libraries
/// which each start it do not end it for one another. Both may be called on any thread.
/// </summary>
internal static unsafe class CommonLibrary
{
    private static UserCount s_users;

    // Whether the external library was started by us, so that its end is ours to call.
    private static int s_hasStartedExternal;

    /// <summary>aws_common_library_init</summary>
    internal static void LibraryInit(aws_allocator* allocator)
    {
        s_users.Enter();
        if (ExternalCommon.IsPresent)
        {
            if (!IsExternalStarted())
            {
                ExternalCommon.Functions.LibraryInit(allocator);
                Volatile.Write(ref s_hasStartedExternal, 1);
            }

            return;
        }

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
        if (s_users.IsZero)
            return;

        Threads.JoinAllManaged();
        if (!s_users.Leave())
            return;

        if (ExternalCommon.IsPresent)
        {
            if (Interlocked.Exchange(ref s_hasStartedExternal, 0) != 0)
                ExternalCommon.Functions.LibraryCleanUp();
            return;
        }

        Errors.UnregisterErrorInfo(CommonErrors.Errors);
        LogNames.UnregisterLogSubjectInfoList(CommonErrors.LogSubjects);

        // Another thread may have started the library between the last departure and the removal.
        if (!s_users.IsZero)
            Register();
    }

    /// <summary>
    /// aws_common_fatal_assert_library_initialized: stops the process if the library has not been started.
    /// </summary>
    internal static void FatalAssertLibraryInitialized()
    {
        if (s_users.IsZero && !(ExternalCommon.IsPresent && IsExternalStarted()))
            Fatal.Stop("aws_common_library_init() must come before any other call"u8);
    }

    /// <summary>The external library's errors have names from its start to its end.</summary>
    private static bool IsExternalStarted() =>
        ExternalCommon.Functions.ErrorName(AWS_ERROR_OOM) != ExternalCommon.Functions.ErrorName(-1);

    private static void Register()
    {
        Errors.RegisterErrorInfo(CommonErrors.Errors);
        LogNames.RegisterLogSubjectInfoList(CommonErrors.LogSubjects);
    }
}
