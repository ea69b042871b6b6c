namespace Pipeline.Caching.Remote;

/// <summary>How patient a shared cache's user is, and how much it takes.</summary>
internal sealed record RemoteSettings
{
    /// <summary>How often an entry is asked for or sent where that can help, at least 2. Default: 3.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>The mean wait before the second attempt; it doubles before each further one. Default: 0.5 s.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How long an attempt may take, to which each byte of an output adds. Default: 10 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The slowest rate that is waited for, in bytes a second, above 0. Default: 64 KiB/s.</summary>
    public double SlowestRate { get; init; } = 1 << 16;

    /// <summary>The size of the largest manifest, in bytes. Default: 1 MiB.</summary>
    public int LargestManifest { get; init; } = 1 << 20;

    /// <summary>The size of the largest output that is fetched, in bytes. Default: 16 GiB.</summary>
    public long LargestOutput { get; init; } = 1L << 34;

    /// <summary>After how many wrong answers the cache is asked no more, at least 1. Default: 10.</summary>
    public int MostWrong { get; init; } = 10;

    /// <summary>Uploads at a time, at least 1. Default: 4.</summary>
    public int Uploads { get; init; } = 4;

    /// <summary>How many uploads may wait; what comes on top is not uploaded. Default: 65,536.</summary>
    public int MostWaiting { get; init; } = 1 << 16;

    /// <summary>How long a command waits for uploads at its end without a word. Default: 2 s.</summary>
    public TimeSpan SilentWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long it waits then. Default: 2 min.</summary>
    public TimeSpan LastWait { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long an attempt with an output of a size may take.</summary>
    public TimeSpan Limit(long size) => Patience + TimeSpan.FromSeconds(size / SlowestRate);
}
