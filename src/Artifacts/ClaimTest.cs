namespace Pipeline.Artifacts;

/// <summary>How a claim was judged.</summary>
public enum ClaimTest
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Student's t, the variance being that over seeds and test rows: for accuracies.</summary>
    Crossed,

    /// <summary>Student's t for paired values, a pair a seed: for other numbers, on this test split.</summary>
    Paired,

    /// <summary>The exact sign test: where a diverged run has no value, or the differences no variance.</summary>
    Sign,

    /// <summary>By every run: <c>equal</c> and <c>within</c>.</summary>
    Exact,
}
