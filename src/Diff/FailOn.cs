namespace Pipeline.Diff;

/// <summary>Which differences between two results make a comparison fail.</summary>
public enum FailOn
{
    /// <summary>None.</summary>
    Nothing,

    /// <summary>Any, be it in a file that holds no number.</summary>
    Any,

    /// <summary>A cell whose test accuracy moved significantly, or another verdict.</summary>
    Significant,

    /// <summary>Another verdict.</summary>
    Verdict,
}
