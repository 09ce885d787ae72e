// SPDX-License-Identifier: Apache-2.0
// Forks, a second aws-c-common and the C half of the library concern every layer.
global using Reseau.Native.Runtime;
