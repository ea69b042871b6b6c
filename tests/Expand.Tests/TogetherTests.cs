using Pipeline.Artifacts;

namespace Pipeline.Expand.Tests;

public sealed class TogetherTests
{
    private const string Rows =
        "scientific:\n  normalization: [none, batch]\n  together:\n"
        + "    - {activation: relu, initialization: he_normal}\n"
        + "    - {activation: tanh, initialization: xavier_normal}\n"
        + "    - {activation: relu, initialization: orthogonal}\n";

    private static readonly string Minimal = StudyFolder
        .Minimal.Replace("  activation: relu\n", "", StringComparison.Ordinal)
        .Replace("  initialization: he_normal\n", "", StringComparison.Ordinal);

    [Fact]
    public void Of_all_combinations_there_are_those_that_stand_in_a_row()
    {
        var plan = StudyFolder.PlanOf(Minimal + Rows);

        Assert.Equal(["normalization", "activation", "initialization"], plan.Scientific.Select(axis => axis.Key));
        Assert.Equal(["2", "2", "3"], plan.Scientific.Select(axis => $"{axis.Values.Count}"));
        Assert.Equal(
            [
                "none relu he_normal",
                "none relu orthogonal",
                "none tanh xavier_normal",
                "batch relu he_normal",
                "batch relu orthogonal",
                "batch tanh xavier_normal",
            ],
            plan.Runs().Select(run => string.Join(' ', plan.Scientific.Select(axis => run.Spec[axis.Key])))
        );
    }

    [Fact]
    public void What_is_tuned_may_go_together_too()
    {
        var plan = StudyFolder.PlanOf(
            StudyFolder.Minimal.Replace("  learning_rate: 0.1\n", "", StringComparison.Ordinal)
                + "nuisance:\n  together:\n    - {learning_rate: 0.1, optimizer.momentum: 0}\n"
                + "    - {learning_rate: 0.01, optimizer.momentum: 0.9}\n"
        );

        Assert.Equal([0, 3], plan.Trials);
    }

    [Fact]
    public void Conditions_and_exclusions_meet_rows()
    {
        Assert.Equal(4, StudyFolder.PlanOf(Minimal + Rows, only: ["activation=relu"]).Trials.Count);
        Assert.Equal(
            3,
            StudyFolder
                .PlanOf(
                    Minimal
                        + Rows
                        + "exclude: [{activation: tanh}, {initialization: orthogonal, normalization: batch}]\n"
                )
                .Trials.Count
        );
    }

    [Fact]
    public void A_claim_names_what_tells_a_row_and_the_rest_follows()
    {
        var claim = StudyFolder
            .PlanOf(
                Minimal
                    + Rows
                    + "claims:\n  - {says: A, source: B, basis: C, metric: test_accuracy, "
                    + "left: {initialization: orthogonal, normalization: none}, above: {activation: tanh}}\n"
            )
            .Claims.Single();

        Assert.Equal(
            """{"activation":"relu","initialization":"orthogonal","normalization":"none"}""",
            claim.Left.Values.ToJson()
        );
        Assert.Equal(
            """{"activation":"tanh","initialization":"xavier_normal","normalization":"none"}""",
            claim.Right!.Values.ToJson()
        );
    }

    [Theory]
    [InlineData(
        "left: {activation: relu, normalization: none}, above: 0",
        "left says nothing of initialization; give it"
    )]
    [InlineData(
        "left: {activation: tanh, initialization: he_normal, normalization: none}, above: 0",
        "no row of together has this cell, or exclude removes it; choose another"
    )]
    public void A_claim_of_no_row_or_of_several_is_refused(string cells, string sentence) =>
        Assert.Contains(
            sentence,
            StudyFolder.RefusalOf(
                $"title: A\n{Minimal}{Rows}claims:\n  - {{says: A, source: B, basis: C, metric: test_accuracy, {cells}}}\n"
            ),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(
        "[{activation: relu, initialization: he_normal}]",
        "10:13: together expects a list of two or more rows"
    )]
    [InlineData("[relu, tanh]", "10:14: a row of together expects keys and values")]
    [InlineData(
        "[{activation: relu}, {activation: tanh}]",
        "10:3: together holds one key only, activation; a list of its"
    )]
    [InlineData(
        "[{activation: relu, initialization: he_normal}, {activation: tanh}]",
        "10:61: the row gives no initialization, and the first one does"
    )]
    [InlineData(
        "[{activation: relu, initialization: he_normal}, {activation: tanh, initialization: zeros, loss: x}]",
        "10:103: the first row gives no loss, and this one does"
    )]
    [InlineData(
        "[{activation: relu, initialization: he_normal}, {activation: relu, initialization: he_normal}]",
        "10:74: this row stands twice in together"
    )]
    [InlineData(
        "[{activation: relu, initialization: he_normal}, {activation: rleu, initialization: he_normal}]",
        "'rleu'"
    )]
    [InlineData(
        "[{activation: relu, nonsense: he_normal}, {activation: tanh, nonsense: 1}]",
        "no parameter 'nonsense'"
    )]
    public void Wrong_rows_are_refused(string rows, string sentence) =>
        Assert.Contains(
            sentence,
            StudyFolder.RefusalOf($"title: A\n{Minimal}scientific:\n  together: {rows}\n"),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_key_stands_in_rows_or_by_itself()
    {
        Assert.Contains(
            "'activation' stands twice",
            StudyFolder.RefusalOf($"title: A\n{StudyFolder.Minimal}{Rows}"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "together holds axes; it stands under scientific or nuisance",
            StudyFolder.RefusalOf("title: A\nfixed: {together: [{epochs: 1}]}\n"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "--set=activation=gelu: activation goes together with initialization; --only=activation=… takes some of the rows",
            StudyFolder.RefusalOf($"title: A\n{Minimal}{Rows}", set: ["activation=gelu"]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Who_extends_rows_and_replaces_a_column_replaces_them_all()
    {
        using var folder = new StudyFolder();
        folder.Write("base.yaml", "title: A\n" + Minimal + Rows);
        folder.Write("x.yaml", "extends: base.yaml\nfixed: {activation: gelu}\n");
        Assert.Contains("must give initialization", folder.Refusal(), StringComparison.Ordinal);

        folder.Write("x.yaml", "extends: base.yaml\nfixed: {activation: gelu, initialization: he_normal}\n");
        Assert.Equal(2, folder.Expand().Trials.Count);

        folder.Write(
            "x.yaml",
            "extends: base.yaml\nscientific: {together: [{activation: gelu, initialization: zeros}, {activation: relu, initialization: he_normal}]}\n"
        );
        Assert.Equal(4, folder.Expand().Trials.Count);
    }
}
