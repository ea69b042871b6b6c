namespace Pipeline.Caching.Remote;

/// <summary>What a fault puts an end to.</summary>
[Flags]
internal enum Ended
{
    /// <summary>The entry alone.</summary>
    Entry = 0,

    /// <summary>Reading, for the rest of the command.</summary>
    Reading = 1,

    /// <summary>Uploading, for the rest of the command.</summary>
    Uploading = 2,

    /// <summary>All use of the cache, for the rest of the command.</summary>
    All = Reading | Uploading,
}

/// <summary>Why an entry of a shared cache could not be fetched or sent.</summary>
/// <param name="what">What happened: a sentence's predicate, whose subject is the cache, without a full stop.</param>
/// <param name="ended">What it puts an end to.</param>
/// <param name="isPassing">Whether another attempt may end better.</param>
internal sealed class RemoteFault(string what, Ended ended, bool isPassing = false) : Exception(what)
{
    public Ended Ended => ended;

    public bool IsPassing => isPassing;
}
