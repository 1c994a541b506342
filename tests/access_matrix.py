"""Who may do what: every address of the site, each method, each role, each kind of thing.

A row is an address, who GETs it and who POSTs to it. `role` alone: members of another role get 403.
`role/whose`: among them, whoever the thing does not belong to gets 404. `-`: nobody. Strangers, the
alumna and programs are sent to sign in. A kind of thing that follows another rule is written
out behind: `kind=GET,POST`. What these words mean stands in tests/access/matrix/rules.py, the lab
in lab.py beside it. Rows follow what the product promises (SECURITY.md, docs), not what it answers.
"""
# ruff: noqa: E501 (a row is one line)

TABLE = """
# Signing in, and addresses that carry their own secret
accounts/joining/<str:token>/                 secret        secret
accounts/joining/sent/                        everybody     -
accounts/with/<slug:key>/                     -             everybody
accounts/with/<slug:key>/return/              everybody     -
accounts/device/                              everybody     everybody
accounts/device/<str:token>/                  everybody     everybody
accounts/drafts/<str:token>/                  everybody     everybody
accounts/inactive/                            everybody     -
accounts/login/                               everybody     everybody
accounts/logout/                              everybody     everybody
accounts/password/                            members       members
accounts/password/first/                      members       members
accounts/reset/                               everybody     everybody
accounts/reset/done/                          everybody     -
accounts/reset/sent/                          everybody     -
^accounts/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$  everybody  everybody
accounts/code/                                everybody     everybody
accounts/confirmation/                        members       members
accounts/confirmation/code/                   members       members
accounts/confirmation/passkey/                members       members
accounts/passkey/                             everybody     everybody
invitations/<str:token>/                      secret        secret
session/                                      everybody     everybody
mail/leaving/<str:token>/                     secret        secret
shared/<str:token>/                           secret        -
chat/slack/                                   -             secret
chat/mattermost/                              -             secret
bibliographies/<str:token>/references.bib     secret        -
robots.txt                                    everybody     -
favicon.ico                                   everybody     -
manifest.webmanifest                          everybody     -
.well-known/security.txt                      everybody     -
# One's own account
profile/                                      members       members
profile/address/                              -             members
profile/closing/                              members       members
profile/email/                                -             members
profile/email/<str:token>/                    members       members
profile/second-factor/                        members       -
profile/second-factor/app/                    members       members
profile/second-factor/app/removal/            members/nobody  members/nobody
profile/second-factor/codes/                  members/nobody  -
profile/second-factor/codes/new/              members       members
profile/second-factor/codes/file/             members/nobody  members/nobody
profile/passkeys/                             members       -
profile/passkeys/new/                         members       members
profile/passkeys/<key:pk>/                    members/owner members/owner
profile/passkeys/<key:pk>/removal/            members/owner members/owner
profile/sessions/                             members       -
profile/sessions/others/closing/              -             members
profile/sessions/<key:number>/closing/         -             members
profile/sign-in/                              members       -
profile/sign-in/<slug:key>/                   -             members
profile/sign-in/<key:pk>/removal/             -             members
profile/theme/                                -             members
profile/notifications/                        members       members
profile/feeds/                                members       members
profile/feeds/closing/                        -             members
profile/tokens/                               members       members
profile/tokens/<key:pk>/revocation/           -             members
profile/chat/                                 members       -
profile/chat/connection/<str:token>/          members/nobody  members/nobody
profile/chat/<key:pk>/disconnection/          -             members
profile/bibliographies/                       members       members
profile/bibliographies/<key:pk>/revocation/   -             members/owner
drafts/                                       members       members
notifications/                                members       -
follows/                                      -             members
follows/removal/                              -             members
follows/search/                               members       -
searches/                                     members       members
searches/<key:pk>/                            -             members/owner
searches/<key:pk>/removal/                    -             members/owner
skips/                                        -             reviewers
skips/<key:pk>/                               -             reviewers
export/mine/                                  members       -
# What everybody in the lab reads
                                              public        -
papers/                                       public        -
papers/<key:pk>/                              public        -
papers/<key:pk>/<str:slug>/                   public        -
papers/<key:pk>/citation/                     public        -
papers/<key:pk>/history/                      public        -
papers/<key:pk>/reviews/                      public        -
papers/<key:pk>/similar/                      public        -
papers/passages/                              public        -
reviews/<key:pk>/versions/                    public        -
reviews/<key:pk>/markdown/                    public        -
topics/                                       public        curators
topics/<path:path>/                           public        curators
topic-branches/<key:pk>/                      public        -
digest/                                       public        -
digest/<str:name>/                            public        -
export/                                       public        -
export/<str:name>/                            public        -
export/picks/                                 public        public
export/style/                                 members       members
help/                                         public        -
help/<slug:name>/                             public        -
help/search/                                  public        -
help/shortcuts/                               members       -
search/completions/                           public        -
search/mentions/                              members       -
search/palette/                               members       -
activity/                                     members       -
activity/undo/                                members       -
activity/<key:pk>/undo/                       -             members/doer
members/                                      members       -
members/<str:handle>/                         members       -
members/<str:handle>/handover/                members/owner+curators members/owner+curators
# Feeds and calendars
feeds/activity/                               public-feeds  -
feeds/digest/                                 public-feeds  -
feeds/members/<key:pk>/                       feeds         -
feeds/search/                                 public-feeds  -
feeds/topics/<key:pk>/                        public-feeds  -
calendar/meetings.ics                         feeds         -
calendar/meetings/<key:pk>.ics                feeds         -
calendar/mine.ics                             feeds         -
# Papers
papers/new/                                   reviewers     reviewers
papers/new/pdf/                               reviewers     reviewers
papers/new/browser/                           reviewers     -
papers/selection/                             curators      curators
papers/<key:pk>/edit/                         reviewers/adder+curators  reviewers/adder+curators
papers/<key:pk>/facts/                        reviewers/adder+curators  reviewers/adder+curators
papers/<key:pk>/lookup/                       members       -
papers/<key:pk>/split/                        reviewers/nobody reviewers/nobody
papers/<key:pk>/duplicates/                   reviewers     reviewers
papers/<key:pk>/archiving/                    -             curators
papers/<key:pk>/deletion/                     curators      curators
papers/<key:pk>/claim/                        -             reviewers
papers/<key:pk>/release/                      -             reviewers/claimant
papers/<key:pk>/nomination/                   -             reviewers
papers/<key:pk>/version/                      -             reviewers
papers/<key:pk>/comments/                     members       members
papers/<key:pk>/comments/reading/             -             members
claims/<key:pk>/extension/                    -             reviewers/owner+curators deleted=-,reviewers/owner+curators
claims/<key:pk>/override/                     curators      curators
handovers/papers/<key:pk>/                    reviewers     reviewers
handovers/<key:pk>/acceptance/                -             reviewers/others
handovers/<key:pk>/withdrawal/                -             reviewers/owner
listings/<key:pk>/note/                       -             curators
listings/<key:pk>/position/                   -             curators
listings/<key:pk>/removal/                    -             curators
topic-positions/<key:pk>/                     -             curators
topic-deletions/<key:pk>/                     -             curators
topic-merges/<key:pk>/                        curators      curators
# Reviews: the editor shows one's own alone
papers/<key:pk>/review/                       reviewers     reviewers
papers/<key:pk>/review/conflict/              -             reviewers
papers/<key:pk>/review/discard/               -             reviewers/drafter
papers/<key:pk>/review/draft/                 -             reviewers
papers/<key:pk>/review/file/                  reviewers     reviewers
papers/<key:pk>/review/preview/               -             reviewers
papers/<key:pk>/review/return/                -             reviewers/nobody
reviews/questions/                            reviewers     -
reviews/<key:pk>/critique/                    reviewers/owner  reviewers/owner
reviews/<key:pk>/deletion/                    -             reviewers/owner    deleted=-,reviewers/owner
reviews/<key:pk>/return/                      -             reviewers/owner    deleted=-,reviewers/owner
reviews/<key:pk>/versions/return/             -             reviewers/owner
reviews/<key:pk>/beside/                      -             reviewers/owner deleted=-,reviewers/owner
reviews/<key:pk>/sharing/                     members/owner members/owner
reviews/<key:pk>/sharing/end/                 -             members/owner
reviews/<key:pk>/comments/                    members       members
reviews/<key:pk>/comments/reading/            -             members
# Files: read by whoever reads the text or paper that shows them (tests/files)
files/new/                                    members       members
files/<str:key>/                              public        -
files/<str:key>/line/                         members       -
files/<str:key>/removal/                      -             reviewers
files/<str:key>/return/                       -             reviewers
papers/<key:pk>/files/                        members       members
# Discussion
comments/<key:pk>/edit/                       members/owner members/owner
comments/<key:pk>/history/                    members       -
comments/<key:pk>/removal/                    -             members/owner+curators
comments/<key:pk>/replies/                    members       members       deleted=members,members
comments/<key:pk>/resolution/                 -             members       deleted=-,members
comments/<key:pk>/return/                     -             members/nobody deleted=-,members/owner
# Experiments
experiments/                                  members       -
experiments/new/                              reviewers     reviewers
experiments/similar/                          members       -
experiments/calibration/                      members       -
experiments/<key:pk>/                         members       -
experiments/<key:pk>/comments/                members       members
experiments/<key:pk>/comments/reading/        -             members
experiments/<key:pk>/edit/                    reviewers     reviewers
experiments/<key:pk>/links/                   -             reviewers
experiments/<key:pk>/outcome/                 -             reviewers
experiments/<key:pk>/owner/                   -             reviewers
experiments/<key:pk>/prediction/              -             members
experiments/<key:pk>/state/                   -             reviewers
# Meetings
meetings/                                     members       -
meetings/new/                                 curators      curators
meetings/series/                              curators      curators
meetings/series/<key:pk>/                     curators      curators
meetings/nominations/                         -             reviewers
meetings/absences/                            -             reviewers
meetings/absences/<key:pk>/removal/           -             members/owner+curators
meetings/swaps/<key:pk>/                      -             members/owner
meetings/<day:day>/                           members       -
meetings/<day:day>/room/                      members       -
meetings/<day:day>/screen/                    members       -
meetings/<day:day>/actions/                   -             members/reviewers
meetings/<day:day>/minutes/                   -             members/reviewers
meetings/<day:day>/edit/                      members/lead+curators members/lead+curators
meetings/<day:day>/cancellation/              -             members/lead+curators
meetings/<day:day>/course/                    -             members/lead+curators
meetings/<day:day>/filling/                   -             members/lead+curators
meetings/<day:day>/items/                     -             members/lead+curators
meetings/<day:day>/mailing/                   members/lead+curators members/lead+curators
meetings/<day:day>/order/                     -             members/lead+curators
meetings/<day:day>/presenters/                -             members/lead+curators
agenda-items/<key:pk>/                        -             members/lead+curators
agenda-items/<key:pk>/papers/                 -             members/lead+curators
agenda-items/<key:pk>/place/                  -             members/lead+curators
agenda-items/<key:pk>/removal/                -             members/lead+curators
agenda-items/<key:pk>/showing/                -             members/lead+curators
agenda-items/<key:pk>/swap/                   -             members/owner
agenda-items/<key:pk>/verdict/                -             members/reviewers
# Imports: one's own; curators see all
import/                                       reviewers     reviewers
import/issues/                                reviewers     reviewers
import/issues/<key:pk>/                       reviewers/owner  -
import/all/                                   reviewers     -
import/<key:pk>/                              reviewers/owner+curators  -
import/<key:pk>/apply/                        -             reviewers/owner+curators
import/<key:pk>/choices/                      -             reviewers/owner+curators
import/<key:pk>/undo/                         -             reviewers/owner+curators
import/items/<key:pk>/bullets/<key:number>/   -             reviewers/owner+curators
import/items/<key:pk>/exclusion/              -             reviewers/owner+curators
import/items/<key:pk>/sameness/               -             reviewers/owner+curators
# Curation
curation/                                     curators      curators
curation/digest/                              curators      curators
curation/digest/rooms/                        -             curators
curation/digest/rooms/<key:pk>/removal/       -             curators
curation/duplicates/                          curators      -
curation/duplicates/<key:one>/<key:other>/    curators      curators
curation/files/                               curators      -
curation/webhooks/                            curators      curators
curation/webhooks/<key:pk>/                   curators      curators
curation/webhooks/<key:pk>/secret/            -             curators
curation/webhooks/<key:pk>/test/              -             curators
curation/webhooks/<key:pk>/activation/        -             curators
curation/webhooks/<key:pk>/pause/             -             curators
curation/webhooks/<key:pk>/removal/           -             curators
curation/webhooks/deliveries/<key:pk>/resending/  -         curators
curation/zotero/                              curators      curators
curation/zotero/<key:pk>/                     curators      curators
curation/zotero/<key:pk>/removal/             -             curators
curation/zotero/<key:pk>/sync/                -             curators
curation/zotero/questions/<key:pk>/keeping/   -             curators
curation/zotero/questions/<key:pk>/taking/    -             curators
curation/invitations/                         curators      curators
curation/invitations/<key:pk>/link/           curators      -
curation/invitations/<key:pk>/renewal/        -             curators
curation/invitations/<key:pk>/revocation/     -             curators
curation/join-links/                          curators      curators
curation/join-links/<key:pk>/                 curators      -
curation/join-links/<key:pk>/revocation/      -             curators
curation/lab/                                 curators      curators
curation/members/                             curators      -
curation/members/<str:handle>/leaving/        -             curators
curation/members/<str:handle>/return/         -             curators
curation/members/<str:handle>/role/           -             curators
curation/placeholders/                        curators      -
curation/placeholders/<str:handle>/invitation/  curators    curators
curation/questions/                           curators      curators
curation/removals/                            curators      -
curation/removals/<key:pk>/undoing/           -             curators
curation/setup/                               curators      -
desk/                                         members       members
desk/<path:rest>                              members       members
digest/<str:name>/closing/                    -             curators
digest/<str:name>/note/                       curators      curators
sortings/<key:pk>/                            curators      -
sortings/<key:pk>/undoing/                    -             curators
archives/                                     curators      curators
archives/<key:pk>/file/                       curators/nobody -
archives/<key:pk>/removal/                    -             curators
# The API: the token's scope decides, then its member; sessions open nothing
api/                                          members       -
api/openapi.json                              members       -
api/mcp/                                      -             tokens
api/v1/                                       tokens/nobody tokens/nobody
api/v1/<path:rest>                            tokens/nobody tokens/nobody
api/v1/me                                     read          -
api/v1/papers                                 read          write
api/v1/papers/<key:pk>                        read          -
api/v1/papers/<key:pk>/reviews                read          -
api/v1/papers/<key:pk>/comments               read          write
api/v1/papers/<key:pk>/claim                  -             write
api/v1/papers/<key:pk>/files                  read          write
api/v1/papers/<key:pk>/vote                   -             -
api/v1/papers/<key:pk>/draft                  draft/drafter -
api/v1/papers/<key:pk>/experiments            -             write
api/v1/papers/<key:pk>/review                 -             publish
api/v1/claims                                 read          -
api/v1/digests                                read          -
api/v1/digests/<str:week>                     read          -
api/v1/drafts                                 draft         -
api/v1/experiments                            read          -
api/v1/exports                                read          -
api/v1/exports/<str:name>                     read          -
api/v1/files                                  read          write
api/v1/files/<str:key>                        read/nobody   -
api/v1/meetings                               read          -
api/v1/members                                read          -
api/v1/reviews                                read          -
api/v1/topics                                 read          -
api/v1/votes                                  read          -
"""
