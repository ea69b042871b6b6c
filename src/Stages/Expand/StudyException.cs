namespace Pipeline.Stages.Expand;

/// <summary>
/// A study, or an option that changes it, is wrong. The message is one sentence that starts with the place:
/// <c>experiments/x.yaml:12:5: there is no activation 'rleu'; the nearest is 'relu'.</c>
/// </summary>
public sealed class StudyException : Exception
{
    private const int LongestSentence = 1500;

    /// <summary>A study is wrong.</summary>
    public StudyException() { }

    /// <summary>A study is wrong, and this is how.</summary>
    public StudyException(string message)
        : base(message) { }

    /// <summary>A study is wrong, and this is how and why.</summary>
    public StudyException(string message, Exception innerException)
        : base(message, innerException) { }

    internal StudyException(Place place, string sentence)
        : this($"{place}: {Cut(sentence)}.") { }

    internal StudyException(Place place, string sentence, Exception innerException)
        : this($"{place}: {Cut(sentence)}.", innerException) { }

    // Some sentences quote what a study says, which may be of any length.
    private static string Cut(string sentence) =>
        sentence.Length <= LongestSentence ? sentence : sentence[..LongestSentence] + "…";
}
