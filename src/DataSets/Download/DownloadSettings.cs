namespace Pipeline.DataSets.Download;

/// <summary>How patient a download is.</summary>
internal sealed record DownloadSettings
{
    /// <summary>How often in a row a file is asked for without a byte more of it, at least 1. Default: 4.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>How long to wait before the second attempt; twice as long before each further one. Default: 1 s.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a server may send nothing before the attempt counts as failed. Default: 30 s.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often to look whether another process has finished the same download. Default: 0.2 s.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(0.2);
}
