using System.Text;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report.Tests;

/// <summary>What the index says of the claims of all studies.</summary>
public sealed class IndexClaimTests
{
    private static readonly byte[] Table = ClaimsFile.Write(Claimed.Tables);

    [Fact]
    public void A_claim_reads_back_with_what_was_asked_of_its_effect()
    {
        var claims = IndexClaim.Read(Table);

        Assert.Equal(Claimed.Tables.Plan.Claims.Select(claim => claim.Says), claims.Select(claim => claim.Says));
        Assert.Equal(Claimed.Tables.Claims.Select(row => row.Verdict), claims.Select(claim => claim.Verdict));
        Assert.Equal(
            [
                ("0.438 (0.406 to 0.469)", "> 0.05"),
                ("× 3.25 (1.06 to ∞)", "× < 0.5"),
                ("-0.0235 (-0.2 to 0.15)", "< 0"),
                ("for 6, against 0, 1 tie", "< -0.1"),
                ("1.06", "0.5 to 1"),
                ("0", "= 0"),
                ("—", "> 0.05"),
            ],
            claims.Select(claim => (claim.Effect, claim.Asked))
        );
    }

    [Theory]
    [InlineData(
        "claim,verdict",
        "verdict,claim",
        "row 1 of claims.csv: it has other columns than the table of this version"
    )]
    [InlineData(
        "beats the sigmoid,holds",
        "beats the sigmoid,held",
        "row 2 of claims.csv: column verdict: there is no 'held'"
    )]
    [InlineData("0.4375,", "0.4.375,", "row 2 of claims.csv: column effect: '0.4.375' is not a number")]
    [InlineData("ReLU beats", "ReLU, beats", "row 2 of claims.csv: it has 30 fields, but there are 29 columns")]
    public void A_damaged_table_is_refused_with_row_and_remedy(string found, string put, string expected)
    {
        var damaged = Encoding.UTF8.GetString(Table).Replace(found, put, StringComparison.Ordinal);

        var exception = Assert.Throws<InvalidDataException>(() => IndexClaim.Read(Encoding.UTF8.GetBytes(damaged)));

        Assert.Equal($"{expected}; write it again with --target=Report.", exception.Message);
    }

    [Fact]
    public void Claims_of_several_studies_stand_together_by_their_source()
    {
        var page = Page(
            Study("b", Claim("Second", "page 10", ClaimVerdict.Refuted), Claim("Third", "page 9", ClaimVerdict.Holds)),
            Study("a", Claim("First", "page 10", ClaimVerdict.Holds)) with
            {
                IsStale = true,
            }
        );

        Assert.Contains(
            """
            | source | claims | hold | refuted | undecided |
            | --- | ---: | ---: | ---: | ---: |
            | [page 9](#page-9) | 1 | 1 | 0 | 0 |
            | [page 10](#page-10) | 2 | 1 | 1 | 0 |
            | all | 3 | 2 | 1 | 0 |
            """,
            page,
            StringComparison.Ordinal
        );
        Assert.Contains(
            """
            ### page 10

            | verdict | claim | study | effect | asked |
            | --- | --- | --- | ---: | ---: |
            | holds | First | [a](a/README.md#claims) *stale* | 1 | &gt; 0 |
            | **refuted** | Second | [b](b/README.md#claims) | 1 | &gt; 0 |
            """,
            page,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Sources_whose_headings_would_have_one_anchor_are_told_apart()
    {
        var page = Page(
            Study("a", Claim("One", "\"Page\" 1", ClaimVerdict.Holds), Claim("Two", "Page 1", ClaimVerdict.Holds))
        );

        Assert.Contains("| [\"Page\" 1](#page-1) |", page, StringComparison.Ordinal);
        Assert.Contains("| [Page 1](#page-1-1) |", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_claims_there_is_nothing_about_them() =>
        Assert.DoesNotContain("source", Page(Study("a")), StringComparison.Ordinal);

    [Fact]
    public void The_index_says_where_other_studies_stand_even_when_there_are_none()
    {
        Assert.Contains("none do now", Page(Study("a")), StringComparison.Ordinal);
        Assert.DoesNotContain("none do now", Page(Study("a") with { IsDefault = false }), StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_within_texts_are_sorted_as_numbers() =>
        Assert.Equal(
            ["", "12", "a", "p. 2", "p. 02b", "p. 10", "p. 10, 3", "p. 100000000000000000000", "q"],
            new[] { "q", "p. 10, 3", "p. 02b", "12", "p. 100000000000000000000", "p. 10", "", "p. 2", "a" }.Order(
                NaturalOrder.Comparer
            )
        );

    private static string Page(params IndexEntry[] entries) => Encoding.UTF8.GetString(IndexPage.Render(entries));

    private static IndexClaim Claim(string says, string source, ClaimVerdict verdict) =>
        new(says, source, verdict, "1", "> 0");

    private static IndexEntry Study(string name, params IndexClaim[] claims) =>
        IndexEntry.Of(Studies.Line) with
        {
            Study = name,
            IsDefault = true,
            ClaimRows = claims,
        };
}
