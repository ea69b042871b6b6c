namespace Pipeline.Artifacts;

/// <summary>The names of the files of a study's results that are read again.</summary>
public static class ResultFiles
{
    /// <summary>What made the results, and the digests of their files; see <see cref="ManifestEncoding"/>.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>The table of the runs; see <see cref="RunColumns"/>.</summary>
    public const string Runs = "runs.csv";

    /// <summary>The table of the cells; see <see cref="CellColumns"/>.</summary>
    public const string Cells = "cells.csv";

    /// <summary>The table of the claims; see <see cref="ClaimColumns"/>.</summary>
    public const string Claims = "claims.csv";
}
