/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_PACKAGE_H
#define AWS_COMMON_PACKAGE_H

/** How many libraries can own a range of error codes and log subjects. A package id is below this number. */
#define AWS_PACKAGE_SLOTS 32

/** The package id of the common library. Ids are what BEGIN_RANGE and END_RANGE macros turn into numbers. */
#define AWS_C_COMMON_PACKAGE_ID 0

#endif /* AWS_COMMON_PACKAGE_H */
