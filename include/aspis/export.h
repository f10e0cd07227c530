/* What marks a function as part of the public interface. Every header of include/aspis includes this one; programs need not. */
#ifndef ASPIS_EXPORT_H
#define ASPIS_EXPORT_H

#if defined(__GNUC__) || defined(__clang__)
#define ASPIS_API __attribute__((visibility("default")))
#else
#define ASPIS_API
#endif

#endif
