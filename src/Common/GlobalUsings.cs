// SPDX-License-Identifier: Apache-2.0
// Every layer stands on these families, so none has to name them one by one.
global using Reseau.Native.Common.Containers;
global using Reseau.Native.Common.FileSystem;
global using Reseau.Native.Common.Json;
global using Reseau.Native.Common.Logging;
global using Reseau.Native.Common.Machine;
global using Reseau.Native.Common.Memory;
global using Reseau.Native.Common.Tasks;
global using Reseau.Native.Common.Text;
global using Reseau.Native.Common.Threading;
global using Reseau.Native.Common.Time;
