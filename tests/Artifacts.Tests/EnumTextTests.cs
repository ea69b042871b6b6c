namespace Pipeline.Artifacts.Tests;

public sealed class EnumTextTests
{
    [Theory]
    [InlineData(ClaimVerdict.Holds, "holds", "holds")]
    [InlineData(ClaimVerdict.Refuted, "refuted", "refuted")]
    [InlineData(ClaimVerdict.Undecided, "undecided", "undecided")]
    [InlineData(ClaimVerdict.NotEvaluated, "not_evaluated", "not evaluated")]
    public void A_verdict_has_a_name_for_tables_and_words_for_sentences(
        ClaimVerdict verdict,
        string name,
        string words
    ) => Assert.Equal((name, words), (EnumText.Name(verdict), EnumText.Words(verdict)));
}
