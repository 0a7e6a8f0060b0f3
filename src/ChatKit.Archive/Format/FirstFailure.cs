// What failed first, where several things were done side by side.
using System;

namespace ChatKit.Archive;

internal static class FirstFailure
{
    /// <summary>The first failure of several; what is none of several is itself.</summary>
    public static Exception Of(Exception e) =>
        e is AggregateException several ? several.Flatten().InnerExceptions[0] : e;
}
