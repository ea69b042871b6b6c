using System.Collections.Frozen;

namespace Pipeline.Stages.Preprocess.DataSets.Formats;

/// <summary>The texts by which pandas, R, spreadsheets and UCI's files say that a value is missing.</summary>
internal static class MissingValue
{
    private static readonly FrozenSet<string> Texts = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "NA",
        "N/A",
        "#N/A",
        "#N/A N/A",
        "#NA",
        "<NA>",
        "NaN",
        "-NaN",
        "NaT",
        "null",
        "None",
        "nil",
        "?",
        "1.#IND",
        "-1.#IND",
        "1.#QNAN",
        "-1.#QNAN"
    );

    /// <summary>Whether a text is one of them, in upper or lower case.</summary>
    public static bool Is(string text) => Texts.Contains(text);
}
