using Pipeline.Artifacts;
using Pipeline.Stages.Expand;

namespace Pipeline.Expand.Tests;

public sealed class ParameterTests
{
    [Theory]
    [InlineData("epochs", "0", "epochs expects a whole number from 1 to 100,000, not the number 0")]
    [InlineData("epochs", "100001", "epochs expects a whole number from 1 to 100,000, not the number 100001")]
    [InlineData("epochs", "1.5", "epochs expects a whole number from 1 to 100,000, not the number 1.5")]
    [InlineData("epochs", "010", "epochs expects a whole number from 1 to 100,000, not the text '010'")]
    [InlineData("epochs", "0x10", "epochs expects a whole number from 1 to 100,000, not the text '0x10'")]
    [InlineData("epochs", "1_000", "epochs expects a whole number from 1 to 100,000, not the text '1_000'")]
    [InlineData(
        "epochs",
        "'15'",
        "epochs expects a whole number from 1 to 100,000, not the text '15' (take its quotes away)"
    )]
    [InlineData("epochs", "", "epochs expects a whole number from 1 to 100,000, not nothing")]
    [InlineData("epochs", "~", "epochs expects a whole number from 1 to 100,000, not nothing")]
    [InlineData("epochs", "{a: 1}", "epochs expects a whole number from 1 to 100,000, not a map")]
    [InlineData("epochs", "[5, 6]", "epochs is fixed and takes one value; a list stands under scientific or nuisance")]
    [InlineData(
        "batch_size",
        "1000001",
        "batch_size expects a whole number from 1 to 1,000,000, not the number 1000001"
    )]
    [InlineData("model.depth", "1001", "model.depth expects a whole number from 0 to 1,000, not the number 1001")]
    [InlineData("model.width", "0", "model.width expects a whole number from 1 to 65,536, not the number 0")]
    [InlineData("model.kind", "cnm", "there is no model 'cnm'; the nearest is 'cnn'")]
    [InlineData("normalization_affine", "yes", "normalization_affine expects true or false, not the text 'yes'")]
    [InlineData(
        "optimizer.weight_decay",
        "-1",
        "optimizer.weight_decay expects a number from 0 and within float32, not the number -1"
    )]
    [InlineData("schedule", "none", "there is no schedule 'none'; choose from constant, cosine, linear_warmup")]
    [InlineData(
        "optimizer.clip_norm",
        "1e-50",
        "optimizer.clip_norm expects 0, or a number within float32, not the number 1e-50"
    )]
    [InlineData(
        "model.dropout",
        "0.9999999999",
        "model.dropout expects a number from 0, less than 1, not the number 0.9999999999"
    )]
    [InlineData("schedule", "cosine+cosin", "there is no schedule 'cosin'; the nearest is 'cosine'")]
    [InlineData("dataset", "Digits", "there is no data set 'Digits'; the nearest is 'digits'")]
    [InlineData(
        "dataset",
        "7",
        "dataset expects the name of a data set, with arguments in parentheses where it takes some, not the number 7"
    )]
    [InlineData("optimizer.kind", "sdg", "there is no optimizer 'sdg'; the nearest is 'sgd'")]
    [InlineData("optimizer.kind", "true", "optimizer.kind expects the name of an optimizer, not true")]
    [InlineData("optimizer.momentum", "1", "optimizer.momentum expects a number from 0, less than 1, not the number 1")]
    [InlineData(
        "optimizer.momentum",
        "-0.1",
        "optimizer.momentum expects a number from 0, less than 1, not the number -0.1"
    )]
    [InlineData(
        "learning_rate",
        "0",
        "learning_rate expects a number greater than 0 and within float32, not the number 0"
    )]
    [InlineData(
        "learning_rate",
        ".inf",
        "learning_rate expects a number greater than 0 and within float32, not the text '.inf'"
    )]
    [InlineData(
        "learning_rate",
        "1e999",
        "learning_rate expects a number greater than 0 and within float32, not the text '1e999'"
    )]
    [InlineData(
        "learning_rate",
        "1e-60",
        "learning_rate expects a number greater than 0 and within float32, not the number 1e-60"
    )]
    [InlineData(
        "learning_rate",
        "-Infinity",
        "learning_rate expects a number greater than 0 and within float32, not the text '-Infinity'"
    )]
    [InlineData("split.test", "1", "split.test expects a number between 0 and 1, not the number 1")]
    [InlineData("split.validation", "0", "split.validation expects a number between 0 and 1, not the number 0")]
    [InlineData("activation", "rleu", "there is no activation 'rleu'; the nearest is 'relu'")]
    [InlineData(
        "activation",
        "swish",
        "there is no activation 'swish'; choose from elu, gelu, hard_swish, hard_threshold, identity, leaky_relu, mish, relu, relu6, selu, sigmoid, sigmoid_table, silu, softplus, tanh"
    )]
    [InlineData(
        "activation",
        "1",
        "activation expects the name of an activation, with arguments in parentheses where it takes some, not the number 1"
    )]
    [InlineData(
        "activation",
        "relu(1",
        "'relu(1' is not of the form name or name(number, …); its parenthesis is not closed"
    )]
    [InlineData("activation", "leaky relu", "'leaky relu' is not of the form name or name(number, …)")]
    [InlineData("activation", "leaky_relu(a)", "'leaky_relu(a)' is not of the form name or name(number, …)")]
    [InlineData("activation", "relu(1)", "relu takes 0 arguments, not 1")]
    [InlineData("initialization", "normal", "normal takes 1 arguments, not 0")]
    [InlineData("initialization", "normal(-1)", "the standard deviation of normal must not be negative")]
    [InlineData("normalization", "bacth", "there is no normalization 'bacth'; the nearest is 'batch'")]
    [InlineData("loss", "hinge", "there is no loss 'hinge'; choose from mean_squared_error, softmax_cross_entropy")]
    [InlineData("preprocessing", "standardise", "there is no transform 'standardise'; the nearest is 'standardize'")]
    [InlineData(
        "preprocessing",
        "[]",
        "preprocessing expects one transform, or several of them joined by '+' or in a list, not an empty list"
    )]
    [InlineData("preprocessing", "none+center", "in preprocessing, 'none' stands alone; leave it out of the chain")]
    [InlineData("preprocessing", "center++center", "'' is not of the form name or name(number, …)")]
    public void A_value_of_the_wrong_type_or_out_of_range_is_refused(string key, string value, string sentence) =>
        Assert.Equal(
            $"x.yaml:3:{key.Length + 5 - (value.Length == 0 ? 1 : 0)}: {sentence}.",
            StudyFolder.RefusalOf($"title: A\nfixed:\n  {key}: {value}\n")
        );

    [Fact]
    public void A_chain_of_seventeen_transforms_is_refused() =>
        Assert.Equal(
            "x.yaml:1:25: preprocessing expects at most 16 operations in a row, not 17.",
            StudyFolder.RefusalOf(
                "fixed: {preprocessing: " + " " + string.Join('+', Enumerable.Repeat("center", 17)) + "}"
            )
        );

    [Fact]
    public void Parameters_that_must_be_given_are_named_together() =>
        Assert.Equal(
            "x.yaml:1:1: fixed, scientific or nuisance must give activation (the function after each hidden layer), "
                + "epochs (the number of passes over the training split).",
            StudyFolder.RefusalOf(
                "title: A\n" + StudyFolder.Minimal.Replace("  activation: relu\n", "").Replace("  epochs: 15\n", "")
            )
        );

    [Fact]
    public void A_parameter_of_another_optimizer_is_refused() =>
        Assert.Equal(
            "x.yaml:11:3: optimizer.momentum belongs to optimizer.kind: sgd or nesterov, but optimizer.kind is adam here.",
            StudyFolder.RefusalOf(
                "title: A\n" + StudyFolder.Minimal.Replace("kind: sgd", "kind: adam") + "  optimizer.momentum: 0.9\n"
            )
        );

    [Fact]
    public void A_parameter_that_does_not_apply_has_no_default() =>
        Assert.False(
            StudyFolder
                .PlanOf(StudyFolder.Minimal.Replace("kind: sgd", "kind: adam"))
                .Fixed.TryGet("optimizer.momentum", out _)
        );

    [Theory]
    [InlineData(
        "  split.test: 0.5\n  split.validation: 0.5\n",
        "x.yaml:11:3: split.validation (0.5) and split.test (0.5) leave nothing to train on."
    )]
    [InlineData(
        "  split.validation: 0.9\n",
        "x.yaml:11:3: split.validation (0.9) and split.test (0.2) leave nothing to train on."
    )]
    [InlineData(
        "nuisance:\n  split.test: [0.2, 0.95]\n",
        "x.yaml:12:3: split.validation (0.1) and split.test (0.95) leave nothing to train on."
    )]
    public void Shares_that_leave_nothing_to_train_on_are_refused(string lines, string message) =>
        Assert.Equal(message, StudyFolder.RefusalOf("title: A\n" + StudyFolder.Minimal + lines));

    [Fact]
    public void A_default_that_the_catalogue_lacks_is_refused()
    {
        using var folder = new StudyFolder();
        folder.Write("x.yaml", "title: A\n" + StudyFolder.Minimal);
        var vocabulary = TestVocabulary.Instance with
        {
            Kinds =
            [
                .. TestVocabulary.Instance.Kinds.Select(kind =>
                    kind.Kind == "loss" ? kind with { Names = ["hinge"] } : kind
                ),
            ],
        };

        var refusal = Assert.Throws<StudyException>(() =>
            Expander.Expand(folder.Load(), vocabulary, StudyOverrides.None)
        );

        Assert.Equal(
            "default of loss: there is no loss 'softmax_cross_entropy'; the only one is 'hinge'.",
            refusal.Message
        );
    }

    [Fact]
    public void Defaults_are_filled_in() =>
        Assert.Equal(
            """
            {"activation":"relu","batch_size":64,"dataset":"digits","epochs":15,"initial_bias":0,
            "initialization":"he_normal","learning_rate":0.1,"loss":"softmax_cross_entropy","metrics":"none",
            "model.depth":6,"model.dropout":0,"model.kind":"mlp","model.width":64,"normalization":"none",
            "normalization_affine":true,"normalization_position":"before_activation","optimizer.clip_norm":0,
            "optimizer.kind":"sgd","optimizer.momentum":0,"optimizer.weight_decay":0,"preprocessing":"none",
            "probe_epochs":"0","probes":"none","schedule":"constant","split.seed":0,"split.test":0.2,"split.validation":0.1}
            """.ReplaceLineEndings(""),
            StudyFolder.PlanOf(StudyFolder.Minimal).Fixed.ToJson()
        );

    // They are part of a run's name: one more or less names every such run anew.
    [Theory]
    [InlineData("mlp", "adam", "optimizer.beta1,optimizer.beta2,optimizer.epsilon")]
    [InlineData("resmlp", "adam", "optimizer.beta1,optimizer.beta2,optimizer.epsilon")]
    [InlineData("cnn", "sgd", "model.kernel,model.pooling,optimizer.momentum")]
    [InlineData("rescnn", "sgd", "optimizer.momentum")]
    [InlineData(
        "[mlp, cnn]",
        "[sgd, adam]",
        "model.kernel,model.pooling,optimizer.beta1,optimizer.beta2,optimizer.epsilon,optimizer.momentum"
    )]
    public void A_study_has_the_parameters_of_its_networks_and_optimizers(
        string model,
        string optimizer,
        string parameters
    )
    {
        string[] always =
        [
            "activation",
            "batch_size",
            "dataset",
            "epochs",
            "initial_bias",
            "initialization",
            "learning_rate",
            "loss",
            "metrics",
            "model.depth",
            "model.dropout",
            "model.width",
            "normalization",
            "normalization_affine",
            "normalization_position",
            "optimizer.clip_norm",
            "optimizer.weight_decay",
            "preprocessing",
            "probe_epochs",
            "probes",
            "schedule",
            "seed",
            "split.seed",
            "split.test",
            "split.validation",
            "model.kind",
            "optimizer.kind",
        ];
        var minimal = string.Join(
            '\n',
            StudyFolder
                .Minimal.Replace("kind: mlp, ", "")
                .Split('\n')
                .Where(line => !line.Contains("optimizer", StringComparison.Ordinal))
        );
        var kinds = $"  model.kind: {model}\n  optimizer.kind: {optimizer}\n";

        var plan = StudyFolder.PlanOf(model[0] == '[' ? $"{minimal}scientific:\n{kinds}" : minimal + kinds);

        Assert.Equal(always.Concat(parameters.Split(',')).Order(StringComparer.Ordinal), plan.Runs().First().Spec.Keys);
    }

    [Theory]
    [InlineData("epochs", "1e3", "1000")]
    [InlineData("epochs", "+5", "5")]
    [InlineData("epochs", "5.0", "5")]
    [InlineData("learning_rate", ".5", "0.5")]
    [InlineData("learning_rate", "1e-3", "0.001")]
    [InlineData("learning_rate", "0.10", "0.1")]
    [InlineData("optimizer.momentum", "-0", "0")]
    [InlineData("activation", "leaky_relu(0.01)", "leaky_relu")]
    [InlineData("activation", "leaky_relu( 2e-1 )", "leaky_relu(0.2)")]
    [InlineData("activation", "leaky_relu()", "leaky_relu")]
    [InlineData("initialization", "normal(1e-2)", "normal(0.01)")]
    [InlineData("normalization", "batch(0.1, 1e-5)", "batch")]
    [InlineData("normalization", "batch(0.2, 1e-5)", "batch(0.2)")]
    [InlineData("normalization", "batch(0.1, 1e-3)", "batch(0.1,0.001)")]
    [InlineData("preprocessing", "center + scale_to_range(0, 1)", "center+scale_to_range")]
    [InlineData("preprocessing", "[center, 'scale_to_range(0, 1)']", "center+scale_to_range")]
    [InlineData("preprocessing", "[center]", "center")]
    public void Values_that_mean_the_same_are_written_the_same(string key, string value, string canonical)
    {
        var minimal = string.Join(
            '\n',
            StudyFolder.Minimal.Split('\n').Where(line => !line.StartsWith($"  {key}:", StringComparison.Ordinal))
        );

        var plan = StudyFolder.PlanOf($"{minimal}  {key}: {value}\n");

        Assert.Equal(canonical, plan.Fixed[key].ToString());
    }

    [Fact]
    public void Keys_may_be_nested_or_dotted() =>
        Assert.Equal(
            StudyFolder.PlanOf(StudyFolder.Minimal).Fixed.ToJson(),
            StudyFolder
                .PlanOf(
                    StudyFolder.Minimal.Replace(
                        "model: {kind: mlp, depth: 6, width: 64}",
                        "model.kind: mlp\n  model: {depth: 6}\n  model.width: 64"
                    )
                )
                .Fixed.ToJson()
        );

    [Fact]
    public void Every_parameter_may_be_an_axis()
    {
        var fixedOnly = StudyFolder.PlanOf(StudyFolder.Minimal).Fixed;
        var axes = string.Concat(fixedOnly.Keys.Select(key => $"  {key}: [{fixedOnly[key]}]\n"));

        var plan = StudyFolder.PlanOf("scientific:\n" + axes);

        Assert.Empty(plan.Fixed.Keys);
        Assert.Equal(StudyFolder.PlanOf(StudyFolder.Minimal).Runs().Single().Id, plan.Runs().Single().Id);
    }
}
