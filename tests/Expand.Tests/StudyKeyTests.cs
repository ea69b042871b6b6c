namespace Pipeline.Expand.Tests;

public sealed class StudyKeyTests
{
    [Theory]
    [InlineData("titel: A", "x.yaml:1:1: a study has no key 'titel'; the nearest is 'title'.")]
    [InlineData("title: A\nfixde: {epochs: 5}", "x.yaml:2:1: a study has no key 'fixde'; the nearest is 'fixed'.")]
    [InlineData(
        "title: A\nlr: 0.1",
        "x.yaml:2:1: a study has no key 'lr'; choose from title, extends, question, source, default, dataset, probes, fixed, scientific, nuisance, seeds, exclude, claims, plots."
    )]
    [InlineData(
        "title: A\nepochs: 5",
        "x.yaml:2:1: 'epochs' is a run's parameter; it stands under fixed, scientific or nuisance."
    )]
    [InlineData("title: A\nfixed: {titel: B}", "x.yaml:2:9: a run has no parameter 'titel'.")]
    [InlineData(
        "title: A\nfixed: {bacth_size: 5}",
        "x.yaml:2:9: a run has no parameter 'bacth_size'; the nearest is 'batch_size'."
    )]
    [InlineData(
        "title: A\nfixed: {depth: 5}",
        "x.yaml:2:9: a run has no parameter 'depth'; the nearest is 'model.depth'."
    )]
    [InlineData(
        "title: A\nfixed: {model: {dept: 5}}",
        "x.yaml:2:17: a run has no parameter 'model.dept'; the nearest is 'model.depth'."
    )]
    [InlineData(
        "title: A\nfixed: {model: 5}",
        "x.yaml:2:9: 'model' is a group of parameters: model.kind, model.depth, model.width, model.kernel, model.pooling, model.dropout."
    )]
    [InlineData("title: A\nfixed: {model: {}}", "x.yaml:2:9: 'model' is an empty map; give it values or delete it.")]
    [InlineData(
        "title: A\nfixed:\n",
        "x.yaml:2:7: fixed expects parameters and their values, such as epochs: 15, not nothing."
    )]
    [InlineData(
        "title: A\nscientific: {}",
        "x.yaml:2:13: scientific expects parameters and their values, such as epochs: 15, not an empty map."
    )]
    [InlineData(
        "title: A\nnuisance: [1]",
        "x.yaml:2:11: nuisance expects parameters and their values, such as epochs: 15, not a list."
    )]
    [InlineData(
        "title: A\nfixed: {epochs: 5}\nscientific: {epochs: [5]}",
        "x.yaml:3:14: 'epochs' stands twice; it is in line 2 under fixed already."
    )]
    [InlineData(
        "title: A\nfixed:\n  model: {depth: 1}\n  model.depth: 2",
        "x.yaml:4:3: 'model.depth' stands twice; it is in line 3 under fixed already."
    )]
    [InlineData(
        "dataset: wine\nnuisance: {dataset: [wine]}",
        "x.yaml:2:12: 'dataset' stands twice; it is in line 1 under fixed already."
    )]
    public void A_key_that_is_not_known_or_stands_twice_is_refused(string text, string message) =>
        Assert.Equal(message, StudyFolder.RefusalOf(text));

    [Theory]
    [InlineData("question: Q", "x.yaml:1:1: the study has no title; begin with a line such as title: My study.")]
    [InlineData("title:", "x.yaml:1:7: title expects one line of text, not nothing.")]
    [InlineData("title: ' '", "x.yaml:1:8: title expects one line of text, not the text ' '.")]
    [InlineData("title: 2024", "x.yaml:1:8: title expects one line of text, not the number 2024.")]
    [InlineData("title: |\n  Two\n  lines", "x.yaml:1:8: title expects one line of text, not the text 'Two lines '.")]
    [InlineData("title: A\nquestion: true", "x.yaml:2:11: question expects a text, not true.")]
    [InlineData("title: A\nsource: {a: b}", "x.yaml:2:9: source expects a text, not a map.")]
    [InlineData("title: A\ndefault: yes", "x.yaml:2:10: default expects true or false, not the text 'yes'.")]
    [InlineData(
        "title: A\ndefault: 'true'",
        "x.yaml:2:10: default expects true or false, not the text 'true' (take its quotes away)."
    )]
    [InlineData(
        "title: A\nseeds: 0",
        "x.yaml:2:8: seeds expects how many seeds to run (1 to 1,000,000), a list of seeds such as [0, 1, 2], or {at_least: 3, at_most: 20, until: decided}, not the number 0."
    )]
    [InlineData(
        "title: A\nseeds: []",
        "x.yaml:2:8: seeds expects how many seeds to run (1 to 1,000,000), a list of seeds such as [0, 1, 2], or {at_least: 3, at_most: 20, until: decided}, not an empty list."
    )]
    [InlineData(
        "title: A\nseeds: [0, -1]",
        "x.yaml:2:12: a seed expects a whole number from 0 to 2,147,483,647, not the number -1."
    )]
    [InlineData("title: A\nseeds: [3, 4, 3]", "x.yaml:2:15: the seed 3 stands twice.")]
    public void A_wrong_value_of_a_study_key_is_refused(string text, string message) =>
        Assert.Equal(message, StudyFolder.RefusalOf(text + "\n" + StudyFolder.Minimal));

    [Fact]
    public void A_study_says_what_it_is_about()
    {
        using var folder = new StudyFolder();
        folder.Write(
            "my-study.yaml",
            "title:  A study \nquestion: >\n  Does it\n  train?\nsource: A lecture\ndefault: true\n"
                + StudyFolder.Minimal
        );

        var plan = folder.Expand("my-study.yaml");

        Assert.Equal(
            ("my-study", "A study", "Does it train?", "A lecture", true, false),
            (plan.Study, plan.Title, plan.Question, plan.Source, plan.Default, plan.Partial)
        );
    }

    [Fact]
    public void What_may_be_left_out_has_a_default()
    {
        var plan = StudyFolder.PlanOf(StudyFolder.Minimal);

        Assert.Null(plan.Question);
        Assert.Null(plan.Source);
        Assert.False(plan.Default);
        Assert.Equal([0], plan.Seeds);
        Assert.Equal([0], plan.Trials);
    }

    [Theory]
    [InlineData("3", new[] { 0, 1, 2 })]
    [InlineData("1e0", new[] { 0 })]
    [InlineData("[7, 2147483647, 0]", new[] { 0, 7, int.MaxValue })]
    public void Seeds_are_a_count_or_a_list(string seeds, int[] expected)
    {
        var plan = StudyFolder.PlanOf(StudyFolder.Minimal + "seeds: " + seeds);

        Assert.Equal(expected, plan.Seeds);
        Assert.Null(plan.AtLeast);
    }
}
